const cp = require('node:child_process'); const fs = require('node:fs'); const path = require('node:path');
cp.execFileSync(process.execPath, ['child.cjs'], { env: { ...process.env, NODE_V8_COVERAGE: path.join(__dirname, 'cov') } });
const [file] = fs.readdirSync('cov'); const { result } = JSON.parse(fs.readFileSync(path.join('cov', file), 'utf8'));
console.log(fs.readdirSync('cov').length, result.filter((r) => r.url.startsWith('file:')).map((r) => path.basename(r.url)).join());
cp.execFileSync(process.execPath, ['--cpu-prof', '--cpu-prof-dir=prof', 'child.cjs']);
console.log(fs.readdirSync('prof').length);
fs.rmSync('cov', { recursive: true }); fs.rmSync('prof', { recursive: true });
