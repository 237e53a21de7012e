import { createHash } from "node:crypto";

/** A source for the content security policy: only this very text may run or style the page. */
const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What a page is made of; `body` is markup, in which what a stranger wrote has been escaped. */
interface Document {
  readonly title: string;
  readonly css: string;
  /** Markup of the body. */
  readonly body: string;
  /** The one script that may run, behind the body. */
  readonly js?: string;
}

/** A whole page in one file: nothing is loaded, and nothing but the page's own style and script has an effect. */
export function htmlDocument({ title, css, body, js }: Document): string {
  // A closing tag inside the page's own script would end it early.
  const script = js?.replaceAll("</script", "<\\/script");
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    `style-src ${hashOf(css)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${css}</style>
</head>
<body>
${body}
${script === undefined ? "" : `<script>${script}</script>\n`}</body>
</html>
`;
}
