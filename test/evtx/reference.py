"""What an independent reader (PyPI `evtx`, the Rust crate of the same name) finds in EVTX files.

  reference.py fields              one JSON line a record: file, number, name -> text; file names on stdin, one a line
  reference.py numbers             one JSON line a file: the numbers of all records it gives; file names on stdin
  reference.py unpack DIR          extracts the .evtx members of the archives named on stdin, and prints where they are
"""

import json
import os
import re
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
import zipfile

import evtx

SYSTEM_NAMES = {
    ("Provider", "Name"): "Provider",
    ("Provider", "Guid"): "ProviderGuid",
    ("TimeCreated", "SystemTime"): "TimeCreated",
}
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PRETTY = re.compile("\n *")


def local(tag):
    return tag.rpartition("}")[2]


class Fields(dict):
    def add(self, name, text):
        unique, number = name, 2
        while unique in self:
            unique, number = f"{name}{number}", number + 1
        # The reader writes an element without content over two lines.
        self[unique] = "" if text is None or PRETTY.fullmatch(text) else text

    def system(self, section):
        for element in section:
            name = local(element.tag)
            for attribute, value in element.attrib.items():
                self.setdefault("System." + SYSTEM_NAMES.get((name, attribute), local(attribute)), value)
            if (element.text or "").strip():
                self.setdefault("System." + name, element.text)

    def element(self, element, prefix):
        tag = local(element.tag)
        own = element.get("Name") if tag == "Data" else None
        name = prefix + (own or tag)
        for attribute, value in element.attrib.items():
            if not (tag == "Data" and attribute == "Name"):
                self.add(f"{name}.{local(attribute)}", value)
        if len(element):
            for child in element:
                self.element(child, name + ".")
        else:
            self.add(name, element.text)

    def section(self, section):
        name = local(section.tag)
        if name == "System":
            self.system(section)
        elif name == "EventData":
            for attribute, value in section.attrib.items():
                self.add(f"EventData.{attribute}", value)
            for element in section:
                self.element(element, "")
        elif name == "UserData":
            for wrapper in section:
                for element in wrapper if len(wrapper) else [wrapper]:
                    self.element(element, "")
        else:
            for element in section:
                self.element(element, name + ".")


def read(path):
    """Records that can be read; an error ends neither the file nor the run."""
    try:
        records = iter(evtx.PyEvtxParser(path, 1).records())
    except BaseException:  # a panic of the reader is no Exception
        return
    while True:
        try:
            yield next(records)
        except StopIteration:
            return
        except RuntimeError:
            continue


def fields(path):
    for record in read(path):
        result = Fields()
        for section in ElementTree.fromstring(NOT_XML.sub("\ufffd", record["data"])):
            result.section(section)
        yield {"file": path, "number": record["event_record_id"], "fields": result}


def unpack(archive, folder):
    if archive.endswith(".zip"):
        with zipfile.ZipFile(archive) as file:
            for name in file.namelist():
                if name.lower().endswith(".evtx"):
                    yield save(folder, file.read(name))
    else:
        with tarfile.open(archive) as file:
            for member in file:
                if member.isfile() and member.name.lower().endswith(".evtx"):
                    yield save(folder, file.extractfile(member).read())


def save(folder, data):
    path = os.path.join(folder, f"{len(os.listdir(folder))}.evtx")
    with open(path, "wb") as file:
        file.write(data)
    return path


def main(command, *arguments):
    for line in sys.stdin:
        path = line.rstrip("\n")
        if command == "fields":
            for record in fields(path):
                print(json.dumps(record))
        elif command == "numbers":
            # A record whose content is destroyed comes as an empty <Event>: that one is lost, not read.
            numbers = [record["event_record_id"] for record in read(path) if "<System>" in record["data"]]
            print(json.dumps({"file": path, "numbers": numbers}))
        elif command == "unpack":
            for saved in unpack(path, arguments[0]):
                print(saved)


main(*sys.argv[1:])
