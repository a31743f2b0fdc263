import { createHash } from 'node:crypto';
let bytes = 0;
const hash = createHash('sha256');
for await (const chunk of process.stdin) {
  bytes += chunk.length;
  hash.update(chunk);
}
console.log(bytes, hash.digest('hex'), process.stdin.isTTY);
