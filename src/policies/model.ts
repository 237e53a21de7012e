/**
 * One model for the policies of many products: application control, attack surface reduction, firewalls, file associations,
 * browsers. A rule says which act it rules on in the same three parts for all of them: *subject* does *on* to *object*.
 *
 * | on | subject | object |
 * | --- | --- | --- |
 * | execute | the parent process | the program that starts |
 * | load | the process | the module that it loads |
 * | script, install | the host (cscript, msiexec) | the script, the package |
 * | packagedApp | – | the packaged app |
 * | connect | the process | the other end |
 * | open | – (the user) | the document, by its extension |
 * | write | the process | the file that is made |
 *
 * How rules add up (deny first, first match, block by default) is the product's own matter: src/policies/decide.
 */
const OPERATIONS = ["execute", "load", "script", "install", "packagedApp", "connect", "open", "write"] as const;
export type Operation = (typeof OPERATIONS)[number];

export type PolicyMode = "audit" | "enforce";

/** A file as a product can name it. All parts that are given must hold; names are compared without regard to case. */
export interface FilePattern {
  /** Original file name of the version resource; `*` is any file. */
  readonly originalName?: string;
  /** Attributes of the version resource that no log carries. */
  readonly internalName?: string;
  readonly productName?: string;
  readonly fileDescription?: string;
  readonly packageFamilyName?: string;
  /** Lowest and highest version, both included; four numbers. */
  readonly minVersion?: string;
  readonly maxVersion?: string;
  /** Path with the product's own variables; `*` is any text, `?` one character. */
  readonly path?: string;
  /** `*` and `?` of the path stand for nothing that parts folders. */
  readonly inFolder?: true;
  /** Path in AppArmor's patterns, which have alternatives, classes and two kinds of stars (see decide/aare.ts). */
  readonly aare?: string;
  /** Distinguished name of the signer or a name of a signer rule; `*` is anybody whose signature is valid, `Name*` all whose name begins so. */
  readonly publisher?: string;
  /** Lower-case hexadecimal digits. */
  readonly hash?: string;
  /** File name, or its beginning, that a hash rule notes beside the hash: files of other names are taken for other files. */
  readonly hashOf?: string;
  /** With the dot, lower case. */
  readonly extension?: string;
  /** It holds only where nobody but administrators may write. */
  readonly adminsOnly?: true;
  /** Whether the file is in the trust database (fapolicyd). */
  readonly trusted?: boolean;
  /** Path of the program that started the process, such as `/usr/bin/sudo`; patterns as in `path`. */
  readonly startedBy?: string;
  /** Short name of the service that the process hosts (Windows Firewall). */
  readonly service?: string;
  /** MIME type (fapolicyd). */
  readonly fileType?: string;
  /** A condition of the product that cannot be asked of a log, in words: such a pattern is neither met nor missed. */
  readonly beyond?: string;
  /** Patterns of the same file that must hold beside the rest. */
  readonly also?: readonly FilePattern[];
  /** Patterns of the same file of which none may hold. */
  readonly none?: readonly FilePattern[];
}

/** The other end of a connection. All parts that are given must hold. */
export interface PeerPattern {
  /** Addresses, ranges, prefixes or `Internet`, `LocalSubnet`; for browsers, proxies and DNS a host (see decide/peer.ts). */
  readonly addresses?: readonly string[];
  readonly ports?: readonly string[];
  /** `TCP`, `UDP`, a number, or what is spoken above them: `http`, `tls`, `smb`, `dns`, `ftp`, `ssh`, `webdav`. */
  readonly protocol?: string;
  readonly inbound?: boolean;
}

export interface Rule {
  /** The product's own id, or its place in the file. */
  readonly id: string;
  readonly action: "deny" | "allow" | "audit";
  readonly on: readonly Operation[];
  /** Any of these; absent: any process. */
  readonly subject?: readonly FilePattern[];
  /** Any of these; absent: any file. */
  readonly object?: readonly FilePattern[];
  readonly peer?: PeerPattern;
  /** What must hold of the other end beside that. */
  readonly peers?: readonly PeerPattern[];
  /** Other ends for which the rule does not hold. */
  readonly exceptPeers?: readonly PeerPattern[];
  /** SIDs of Windows, `uid=0` or `gid=100` of Linux, any of which; absent: everybody. */
  readonly scope?: readonly string[];
  /** Files for which the rule does not hold. */
  readonly exceptions?: readonly FilePattern[];
  readonly description?: string;
  /** ATT&CK mitigation, such as `M1038`. */
  readonly measure?: string;
  /**
   * Where a product asks several lists one after another (chains of nftables): in each the first that fits decides, and a denial of any
   * of them stands.
   */
  readonly list?: string;
  /** Where the product lets each rule have a mode of its own. */
  readonly mode?: PolicyMode;
}

/** Something in a policy that is not understood: what it might rule on is undecided. */
export interface UnknownPart {
  readonly what: string;
  /** One-based. */
  readonly line?: number;
  readonly column?: number;
  /** Absent: anything. */
  readonly on?: readonly Operation[];
}

/** A class of acts that a product switches on or off as a whole. */
export interface Collection {
  readonly on: Operation;
  /** `off`: no rule of it is asked. */
  readonly mode: PolicyMode | "off";
}

/** Ids by which policies of one product refer to each other. */
export interface PolicyIdentity {
  /** As the product writes it, upper case. */
  readonly own?: string;
  /** Of the policy that it belongs to: its own, unless it supplements another. */
  readonly base?: string;
  /** It adds to what its base policy allows, and denies nothing. */
  readonly isSupplemental?: true;
  /** It marks processes for other products, and stops nothing. */
  readonly onlyTags?: true;
}

export interface Policy {
  /** Id of the target in the registry. */
  readonly target: string;
  readonly name: string;
  readonly mode: PolicyMode;
  /** In the order of the file, where the product goes by it. */
  readonly rules: readonly Rule[];
  readonly unknown: readonly UnknownPart[];
  readonly collections?: readonly Collection[];
  /** Switches of the product, such as `Enabled:UMCI`. */
  readonly options?: readonly string[];
  readonly identity?: PolicyIdentity;
}
