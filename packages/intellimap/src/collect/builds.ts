/** Builds of a workspace whose pages may send, by the token that each page brings with it. I/O: their folders. */
import { timingSafeEqual } from 'node:crypto';
import { BuildFolder } from './build-folder.ts';
import { Refusal } from './refusal.ts';

export class Builds {
  readonly #root: string;
  /** Those that pages came of. */
  readonly #used = new Map<string, BuildFolder>();

  /** @param root the workspace */
  constructor(root: string) {
    this.#root = root;
  }

  /** The build that a page says it is of. @throws Refusal */
  admit(name: string, token: string): BuildFolder {
    const build = this.#used.get(name) ?? BuildFolder.find(this.#root, name);
    if (build === undefined) throw new Refusal(404, `there is no build ${name} in this workspace`);
    if (!isToken(token, build)) throw new Refusal(401, 'the token is of another build');
    if (!this.#used.has(name)) build.use();
    this.#used.set(name, build);
    return build;
  }

  /** The same for who does not say it. @throws Refusal */
  admitAnywhere(token: string): void {
    const isOf = (build: BuildFolder): boolean => isToken(token, build);
    if ([...this.#used.values()].some(isOf) || BuildFolder.all(this.#root).some(isOf)) return;
    throw new Refusal(401, 'the token is of no build of this workspace');
  }
}

function isToken(text: string, { token }: BuildFolder): boolean {
  const given = Buffer.from(text);
  return given.length === token.length && timingSafeEqual(given, token);
}
