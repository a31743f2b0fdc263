import { expect, test } from 'vitest';
import { EndedFlights } from './ended-flights.ts';

const MIB = 2 ** 20;

function flight(name: string, left: number, said: string[]) {
  return {
    left,
    keepLeft: (reason: string) => void said.push(`${name} kept: ${reason}`),
    letLeftGo: () => void said.push(`${name} let go`),
  };
}

test('what ended threads left is kept when somebody says so, once', () => {
  const said: string[] = [];
  const ended = new EndedFlights(MIB);
  ended.add(flight('first', 1000, said));
  ended.add(flight('nothing left', 0, said));
  ended.add(flight('second', 1000, said));
  ended.keepAll('exit code 1', 7);
  ended.keepAll('again', 8);
  expect(said).toEqual(['first kept: exit code 1', 'second kept: exit code 1']);
});

test('the oldest go when it is too much, and many small ones are', () => {
  const said: string[] = [];
  const ended = new EndedFlights(MIB);
  ended.add(flight('first', MIB / 2, said));
  ended.add(flight('second', MIB / 4, said));
  ended.add(flight('third', MIB / 2, said));
  expect(said).toEqual(['first let go']);
  for (let count = 0; count < 1000; count++) ended.add(flight('small', 1, said));
  expect(said).toContain('small let go');
  expect(ended.bytes).toBeLessThanOrEqual(MIB);
});
