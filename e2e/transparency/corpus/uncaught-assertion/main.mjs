import { ok } from 'node:assert';
const check = () => { ok(1 === 2, 'own words'); };
check();
