import type { Random } from "../random.ts";

/** Inert words: names of payloads, folders and projects mean nothing. */
const WORDS =
  "acorn alder amber anchor apple arbor aspen badge barley basin beacon beech birch bishop blossom bramble breeze brook cedar chalk chestnut cinder clover cobalt comet copper coral crane crystal dahlia daisy delta drift dune ember fable falcon feather fennel fern fiddle flint forest garnet ginger glacier granite harbor hazel heather heron hickory hollow indigo iris island ivory jasmine juniper kestrel lagoon lantern larch laurel lilac linden lotus lupine magnet mallow maple marble marsh meadow mellow mist mosaic myrtle nectar nettle nickel oasis ochre olive onyx opal orchard orchid osprey otter parsley pebble pepper pine plover plum poplar prairie quartz quill raven reed ripple river robin saffron sage sand sepia shale silver slate sorrel sparrow spruce starling stone sumac summit sunset thistle thyme timber topaz tulip umber valley velvet violet walnut willow wren yarrow zephyr zinc".split(
    " ",
  );

const FIRST =
  "ada bram clara dario elin farid greta hugo ines jonas karin liam mara nils olga pavel quinn rosa sven tara ugo vera wim xenia yara zoe".split(
    " ",
  );
const LAST =
  "adler brandt costa dahl ek farkas grau holm ito jansen kovac lund meyer novak ortega petit rossi sato toth urban vogel weber yilmaz zeman".split(
    " ",
  );

export function word(random: Random): string {
  return random.pick(WORDS);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function person(random: Random): string {
  return `${random.pick(FIRST)}.${random.pick(LAST)}`;
}

/** A name for a file or a folder, in one of the ways in which people and programs name things. */
export function fileName(random: Random): string {
  const [a, b] = [word(random), word(random)];
  return random.pick([
    () => a,
    () => `${a}${random.int(1, 99)}`,
    () => `${a}-${b}`,
    () => `${a}_${b}`,
    () => capital(a) + capital(b),
    () => `${capital(a)}${random.int(2, 9)}`,
    () => random.hex(8),
    () => `${a.slice(0, 4)}${random.hex(3)}`,
  ])();
}

/** A name that looks like a program's own. */
export function properName(random: Random): string {
  return random.chance(0.5) ? capital(word(random)) : capital(word(random)) + capital(word(random));
}

/** Names of exports and the like: words that say nothing. */
export function entryName(random: Random): string {
  const [a, b] = [capital(word(random)), capital(word(random))];
  return random.pick([
    () => a,
    () => a + b,
    () => "Start",
    () => "DllMain",
    () => "Open",
    () => a.toLowerCase(),
    () => `#${random.int(1, 20)}`,
  ])();
}

/** Addresses of RFC 5737: nobody's. */
export function address(random: Random): string {
  return `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${random.int(1, 254)}`;
}

/** Domains of RFC 2606. */
export function domain(random: Random): string {
  const top = random.pick(["example.com", "example.net", "example.org"]);
  return random.chance(0.25) ? top : `${word(random)}${random.chance(0.3) ? random.int(1, 40) : ""}.${top}`;
}

/** A web address with this file name: by name or by number, with or without a port. */
export function webAddress(random: Random, file: string, schemes: readonly string[] = ["http", "https"]): string {
  const host = random.chance(0.35) ? address(random) : domain(random);
  const port = random.chance(0.2) ? `:${random.pick([8000, 8080, 8443, 4443])}` : "";
  const folder = random.chance(0.5) ? `${word(random)}/` : "";
  return `${random.pick(schemes)}://${host}${port}/${folder}${file}`;
}
