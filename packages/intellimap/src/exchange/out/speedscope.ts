/** speedscope's own format, "evented": a profile for each thread, frames shared. https://www.speedscope.app/file-format-schema.json */
import { eachThread, FrameTable, type StackSink } from './frames.ts';
import { micros } from './places.ts';
import type { Source } from './source.ts';

export async function* speedscope(source: Source, exporter: string): AsyncGenerator<string> {
  const table = new FrameTable();
  const { run } = source;
  yield `{"$schema":"https://www.speedscope.app/file-format-schema.json","name":${JSON.stringify(run.id)},"exporter":${JSON.stringify(exporter)},"intellimap":${JSON.stringify({ run: run.id, missing: source.missing })},"activeProfileIndex":0,"profiles":[`;
  let isFirst = true;
  for await (const { thread, read } of eachThread(source, table)) {
    const name = `${thread.pid}-${thread.tid}${thread.name === null ? '' : ` ${thread.name}`}`;
    const lines = new EventLines();
    yield `${isFirst ? '' : ','}\n{"type":"evented","name":${JSON.stringify(name)},"unit":"microseconds","events":[`;
    isFirst = false;
    for await (const _ of read(lines)) yield lines.take();
    yield `${lines.take()}],"startValue":${lines.first},"endValue":${lines.last}}`;
  }
  // Which frames are in use is known only now; the order of keys does not matter.
  const frames = table.frames.map(({ name, path, line, column }) => ({
    name,
    ...(path !== null && { file: path }),
    ...(line !== null && { line }),
    ...(column !== null && { col: column + 1 }),
  }));
  yield `],\n"shared":{"frames":${JSON.stringify(frames)}}}\n`;
}

class EventLines implements StackSink {
  #lines: string[] = [];
  #began = false;
  first = 0;
  last = 0;

  open(frame: number, at: number): void {
    this.#add('O', frame, at);
  }
  close(frame: number, at: number): void {
    this.#add('C', frame, at);
  }
  #add(type: string, frame: number, at: number): void {
    const value = micros(at);
    if (!this.#began) this.first = value;
    this.last = value;
    this.#lines.push(`${this.#began ? ',' : ''}\n{"type":"${type}","frame":${frame},"at":${value}}`);
    this.#began = true;
  }
  take(): string {
    const text = this.#lines.join('');
    this.#lines = [];
    return text;
  }
}
