// Awaited, given back, or kept.
async function write(text: string) {
  await fetch('/log', { method: 'POST', body: text });
}

export async function first() {
  await write('first');
}

export function second() {
  return write('second');
}

export async function third() {
  const soon = write('third');
  await first();
  await soon;
}
