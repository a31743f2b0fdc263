export const fibonacci = ({ n }) => (n < 2 ? n : fibonacci({ n: n - 1 }) + fibonacci({ n: n - 2 })) % 1e9;

export async function fail(reason) {
  await null;
  throw new RangeError(`failed: ${reason}`);
}

export const sleep = ({ ms }) => new Promise((done) => setTimeout(done, ms));

export function talk({ port }) {
  port.postMessage(`hello from ${process.env.COLOUR}`);
  port.close();
}

export const sorted = (bytes) => bytes.toSorted?.() ?? [...bytes].sort();

export const environment = () => Object.keys(process.env).sort();
