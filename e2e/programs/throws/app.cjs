// Dies of an error that was made elsewhere, on a line that probes change: Node quotes that line, and it must be the author's.
const make = () => new RangeError('too far');
process.on('exit', (code) => console.log('code', code));
setTimeout(() => { const late = make(); throw late; }, 5);
