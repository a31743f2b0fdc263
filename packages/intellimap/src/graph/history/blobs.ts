/** Contents of files of any commit, through one `git cat-file --batch` that answers in turn. I/O: runs `git`. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { start } from './git.ts';

/** Larger files were made by programs: they are passed over as they come, not held. */
const LARGEST = 4 << 20;

export class Blobs {
  private readonly git: ChildProcessWithoutNullStreams;
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  /** The answer before, which has to be read to its end first. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.git = start(folder, ['cat-file', '--batch']);
    this.git.on('error', () => undefined);
    this.git.stderr.resume();
    this.chunks = this.git.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /**
   * @param name of an object: its hash, or `<commit>:<path from the top>`
   * @returns null: there is none, it is no file, too large, or no text
   */
  async read(name: string): Promise<string | null> {
    // One line is one question.
    if (name.includes('\n')) return null;
    const answer = this.last.then(async () => await this.answer(name));
    this.last = answer.catch(() => undefined);
    return await answer;
  }

  close(): void {
    this.git.kill();
  }

  private async answer(name: string): Promise<string | null> {
    this.git.stdin.write(`${name}\n`);
    const head = await this.line();
    const [, kind, bytes] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(head) ?? [];
    if (kind === undefined) return null;
    const size = Number(bytes);
    const content = await this.bytes(size, size <= LARGEST && kind === 'blob');
    await this.bytes(1, false);
    if (content === null || content.includes(0)) return null;
    return content.toString('utf8');
  }

  private async line(): Promise<string> {
    for (;;) {
      const end = this.rest.indexOf(10);
      if (end >= 0) {
        const line = this.rest.toString('utf8', 0, end);
        this.rest = this.rest.subarray(end + 1);
        return line;
      }
      this.rest = Buffer.concat([this.rest, await this.more()]);
    }
  }

  private async bytes(count: number, keep: boolean): Promise<Buffer | null> {
    const kept: Buffer[] = [];
    for (let left = count; left > 0;) {
      if (this.rest.length === 0) this.rest = await this.more();
      const taken = this.rest.subarray(0, left);
      if (keep) kept.push(taken);
      this.rest = this.rest.subarray(taken.length);
      left -= taken.length;
    }
    return keep ? Buffer.concat(kept) : null;
  }

  private async more(): Promise<Buffer> {
    const { value, done } = await this.chunks.next();
    if (done === true) throw new Error('git cat-file has ended');
    return value;
  }
}
