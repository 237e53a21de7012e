/** What a shell opens under the name of a file: `/dev/tcp/HOST/PORT`. */
export interface ShellConnection {
  readonly protocol: string;
  readonly host: string;
  /** A number or the name of a service, or a variable that holds it. */
  readonly port: string;
}

const CONNECTION = /^\/dev\/(tcp|udp)\/([^/]{1,255})\/([^/]{1,64})$/;

/**
 * The connection that bash and ksh open in the place of a file of that name; undefined for every other path.
 * @see https://www.gnu.org/software/bash/manual/html_node/Redirections.html
 */
export function connectionOf(path: string): ShellConnection | undefined {
  const [, protocol, host, port] = CONNECTION.exec(path) ?? [];
  return protocol === undefined ? undefined : { protocol, host: host!, port: port! };
}

/** Whether a shell opens a connection under that name. */
export const opensConnection = (path: string): boolean => CONNECTION.test(path);
