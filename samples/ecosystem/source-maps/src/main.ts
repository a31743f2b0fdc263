import { Parser } from './parser';

interface Options {
  readonly strict: boolean;
}

const run = (text: string, { strict }: Options): number[] => new Parser(text, strict).all();

async function main(mode: string): Promise<void> {
  console.log(run('1 2 3', { strict: true }));
  try {
    run('1 x', { strict: true });
  } catch (error) {
    console.log((error as Error).stack);
  }
  await new Promise((done) => setTimeout(done, 1));
  if (mode === 'caught') {
    await Parser.later('4 y').catch((error: Error) => console.log(error.stack, error.cause));
    console.trace('here');
  } else if (mode === 'uncaught') setTimeout(() => run('5 z', { strict: true }));
  else await Parser.later('6 w');
}

void main(process.argv[2]!);
