import type { Samples } from "./sample.ts";

/** As Dism exports it. */
const EXPORT = `<?xml version="1.0" encoding="UTF-8"?>
<DefaultAssociations>
  <Association Identifier=".hta" ProgId="txtfile" ApplicationName="Notepad" />
  <Association Identifier=".htm" ProgId="BrowserHTM" ApplicationName="Browser" ApplyOnUpgrade="true" OverwriteIfProgIdIs="htmlfile" />
  <Association Identifier="mailto" ProgId="Mail.Url.mailto" ApplicationName="Mail" />
</DefaultAssociations>`;

export const associations: Samples = {
  schema: "associations.xsd",
  target: "associations",
  good: [
    EXPORT,
    "<DefaultAssociations />",
    '<DefaultAssociations Version="1"><Association Identifier=".js" ProgId="txtfile" ApplicationName="Notepad" Suggested="true" Version="1" /></DefaultAssociations>',
  ],
  bad: [
    ["another root", "DefaultAssociations", "Associations"],
    ["another element", '<Association Identifier=".hta"', '<Default Identifier=".hta"'],
    ["no identifier", ' Identifier=".hta"', ""],
    ["an empty identifier", '".hta"', '""'],
    ["a dot alone", '".hta"', '"."'],
    ["a type with a wildcard", '".hta"', '"*.hta"'],
    ["two types in one", '".hta"', '".hta;.js"'.replace(";", " ")],
    ["two dots", '".hta"', '".tar.hta"'],
    ["a path", '".hta"', '"C:\\x.hta"'],
    ["a type with a quote", '".hta"', '".h&quot;ta"'],
    ["a type that comes twice", '".htm"', '".hta"'],
    ["a protocol with a colon", '"mailto"', '"mailto:"'],
    ["a protocol that begins with a digit", '"mailto"', '"2mailto"'],
    ["no program", ' ProgId="txtfile"', ""],
    ["an empty program", '"txtfile"', '""'],
    ["a program that begins with a blank", '"txtfile"', '" txtfile"'],
    ["no name of the application", ' ApplicationName="Notepad"', ""],
    ["an attribute in other letters", "ProgId", "ProgID"],
    ["an attribute that there is not", 'ApplicationName="Notepad"', 'ApplicationName="Notepad" Command="x"'],
    ["an upgrade that is neither true nor false", 'ApplyOnUpgrade="true"', 'ApplyOnUpgrade="always"'],
    ["text inside", "<DefaultAssociations>", "<DefaultAssociations>x"],
    ["an element inside", '"Notepad" />', '"Notepad"><x /></Association>'],
  ],
};
