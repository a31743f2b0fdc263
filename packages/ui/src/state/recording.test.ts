import { expect, test } from 'vitest';
import { recordingOf } from './recording.ts';

test.each([
  [['node', 'app.js', '--port=80'], false, 'node app.js --port=80'],
  [['./bin/serve', 'two words', '', '$HOME'], false, "./bin/serve 'two words' '' '$HOME'"],
  [['echo', "it's"], false, String.raw`echo 'it'\''s'`],
  [['import', 'x.lcov'], true, '<command>'],
])('%j, imported: %j, is recorded again by %s', (command, imported, expected) => {
  expect(recordingOf({ command, imported })).toBe(expected);
});
