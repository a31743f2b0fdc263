/** Names under which a browser may reach an address of this machine. I/O: asks for the machine's addresses. */
import { hostname, networkInterfaces } from 'node:os';

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** As they stand in `Host`, without the port, in small letters; the most useful first. */
export function hostNames(host: string): string[] {
  const named = isUnspecified(host) ? machineNames() : [written(host)];
  // `localhost` leads to one of the two: a browser that cannot connect to the first tries the other.
  const local = isLoopback(host) || isUnspecified(host) ? ['localhost', '127.0.0.1', '[::1]'] : [];
  return [...new Set([...named, ...local].map((name) => name.toLowerCase()))];
}

const HTTP_PORT = 80;

/** As they stand in `Host`, with the port, which browsers leave out where it is that of the protocol. */
export const hostsOf = (host: string, port: number): string[] =>
  hostNames(host).flatMap((name) => (port === HTTP_PORT ? [name, `${name}:${port}`] : [`${name}:${port}`]));

const isUnspecified = (host: string): boolean => host === '0.0.0.0' || host === '::';
const written = (address: string): string => (address.includes(':') ? `[${address}]` : address);

function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return [
    hostname(),
    ...addresses.filter(({ internal }) => !internal).map(({ address }) => written(address)),
  ];
}
