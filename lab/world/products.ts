import type { Random } from "../random.ts";
import { properName } from "./names.ts";

/** Software of the firm: invented makers, the same on every host that has it. */
export interface Product {
  readonly vendor: string;
  readonly name: string;
  readonly folder: string;
  readonly version: string;
  /** A file of it with this extension. */
  file(name: string): string;
}

function product(vendor: string, name: string, version: string): Product {
  const folder = `C:\\Program Files\\${vendor.split(" ")[0]}\\${name}`;
  return { vendor, name, folder, version, file: (file) => `${folder}\\${file}` };
}

export const PRODUCTS: readonly Product[] = [
  product("Orrery Print GmbH", "Print Client", "5.2.14"),
  product("Larkspur Networks AB", "Larkspur VPN", "3.9.0"),
  product("Quillon Software Ltd", "Quillon Reader", "11.0.3"),
  product("Halyard Data B.V.", "Halyard Backup Agent", "8.1.77"),
  product("Tessera Systems Inc", "Tessera CRM", "2024.1"),
  product("Marlow Imaging SA", "Marlow Scan", "6.4.2"),
];

/** Software that appears while the run goes on. */
export function rolledOut(random: Random): Product {
  return product(
    `${properName(random)} Software AG`,
    `${properName(random)} Desk`,
    `${random.int(1, 9)}.${random.int(0, 9)}.${random.int(0, 99)}`,
  );
}
