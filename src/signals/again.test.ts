import { expect, it } from "vitest";
import type { Payload } from "../model/payload.ts";
import { calledAgain } from "./again.ts";

const library = (value: string): Payload => ({ what: "library", where: "local", value, remote: false });
const [one, other] = [library("C:\\k\\a.dll"), library("C:\\k\\b.dll")];

it("calls a payload this one behind a sentence that names it", () => {
  const again = calledAgain(one, [one, other], ["It loads the library C:\\k\\a.dll."]);
  expect(again("It loads the library C:\\k\\a.dll.")).toBe("It loads this library.");
});

it("does so where a sentence begins with it", () => {
  const sentence = "The library C:\\k\\a.dll has an ending of its own.";
  expect(calledAgain(one, [one, other], [sentence])(sentence)).toBe("This library has an ending of its own.");
});

it("names it in full where others of its kind are told of", () => {
  const sentences = ["It loads the library C:\\k\\a.dll.", "It loads the library C:\\k\\b.dll."];
  expect(sentences.map(calledAgain(one, [one, other], sentences))).toEqual(sentences);
});

it("cuts no longer name off that begins alike", () => {
  const longer = library("C:\\k\\a.dll.mui");
  const sentences = ["It loads the library C:\\k\\a.dll.mui."];
  expect(sentences.map(calledAgain(one, [one, longer], sentences))).toEqual(sentences);
});

const LOADS = "It loads the library C:\\k from a share.";

it("tells of a folder what is in it", () => {
  const again = calledAgain(library("C:\\k"), [library("C:\\k")], [LOADS], () => "folder");
  expect(again(LOADS)).toBe("It loads what is in this folder from a share.");
});
