/** Bodies of requests as they were before they were compressed. */
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { Refusal } from '../refusal.ts';

const inflaters = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/** @param limit of what comes out, bytes: a few of them can become gigabytes. @throws Refusal */
export async function inflated(body: Buffer, encoding: string | undefined, limit: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity' || name === '') return body;
  if (name !== 'gzip' && name !== 'deflate')
    throw new Refusal(415, `content-encoding ${name.slice(0, 40)} is not known here; gzip is`);
  try {
    return await inflaters[name](body, { maxOutputLength: limit });
  } catch (error) {
    const isLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw isLong
      ? new Refusal(413, `a request has at most ${limit} bytes`)
      : new Refusal(400, `the request is not ${name}`);
  }
}
