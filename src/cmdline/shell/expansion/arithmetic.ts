const LEVELS: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "**": 3 };
const TOKEN = /\s*(?:(0[xX][0-9a-fA-F]+|\d+)|\$?\{?([A-Za-z_]\w*)\}?|(\*\*|[-+*/%()]))/y;
const MAX_NESTING = 32;

/** Value of a shell arithmetic text made of integers, known names and + - * / % **; else undefined. */
export function arithmetic(text: string, lookUp: (name: string) => string | undefined): number | undefined {
  const tokens: (number | string)[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) return undefined;
    const [, number, name, op] = match;
    if (op) tokens.push(op);
    else {
      const value = number ?? lookUp(name!) ?? "";
      if (!/^-?(?:0[xX][0-9a-fA-F]+|\d+)$/.test(value)) return undefined;
      tokens.push(/^0\d/.test(value) ? Number.parseInt(value, 8) : Number(value));
    }
  }
  let at = 0;
  const operand = (nesting: number): number => {
    const token = tokens[at++];
    if (typeof token === "number") return token;
    if (nesting > MAX_NESTING) return Number.NaN;
    if (token === "-") return -operand(nesting + 1);
    if (token === "+") return operand(nesting + 1);
    if (token !== "(") return Number.NaN;
    const value = expression(0, nesting + 1);
    return tokens[at++] === ")" ? value : Number.NaN;
  };
  const expression = (above: number, nesting: number): number => {
    let left = operand(nesting);
    for (;;) {
      const op = tokens[at];
      const level = typeof op === "string" ? (LEVELS[op] ?? 0) : 0;
      if (level <= above) return left;
      at++;
      left = apply(op as string, left, expression(level, nesting + 1));
    }
  };
  const value = tokens.length === 0 ? 0 : expression(0, 0);
  return at >= tokens.length && Number.isSafeInteger(value) ? value : undefined;
}

function apply(op: string, left: number, right: number): number {
  if (op === "+") return left + right;
  if (op === "-") return left - right;
  if (op === "*") return left * right;
  if (op === "**") return left ** right;
  return op === "/" ? Math.trunc(left / right) : left % right;
}
