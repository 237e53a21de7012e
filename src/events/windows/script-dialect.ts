type ScriptDialect = "vbscript" | "jscript";

/** The dialect of a scripting engine by the name that scripts give it (ProgID, any case); undefined for others. */
export function scriptDialect(engine: string | undefined): ScriptDialect | undefined {
  const name = engine?.toLowerCase().replace(/\.encode$/, "");
  if (name === "vbscript" || name === "vbs") return "vbscript";
  return name === "jscript" || name === "javascript" || name === "ecmascript" ? "jscript" : undefined;
}

/** The dialect by the script's looks: statements of JScript end in `;` and are grouped in braces. */
export function dialectOf(script: string): ScriptDialect {
  return /;\s*(?:\n|$)|\bnew ActiveXObject\b|\bvar [\w$]+ ?=|\{\s*\n/.test(script) ? "jscript" : "vbscript";
}
