/** URLs that ask for the same kind of thing have one route: `https://host/users/17?page` → `host/users/*`. */

const PORT = /:(\d+)$/;
/** From here on systems give ports away, to servers that ask for any: another one in each run. */
const EPHEMERAL = 32_768;

export function routeOf(url: string): string {
  const [, host = '', path = ''] = /^(?:[a-z][a-z\d+.-]*:\/\/)?([^/?]*)([^?]*)/i.exec(url) ?? [];
  return (
    host.replace(PORT, (port, digits: string) => (Number(digits) < EPHEMERAL ? port : ':*')) +
    path
      .split('/')
      .map((segment) => (isVariable(segment) ? '*' : segment))
      .join('/')
  );
}

/** Numbers, hexadecimal ids, long texts with digits, what was redacted (earlier recordings say `[redacted]`) or cut. */
const isVariable = (segment: string): boolean =>
  /^(\d+|\[redacted\])$|‹.*›|…$/.test(segment) ||
  (/\d/.test(segment) && (/^[\da-f-]{8,}$/i.test(segment) || segment.length >= 16));
