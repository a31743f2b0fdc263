import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { storageContract } from 'intellimap/extend/testing';
import { archive } from './archive.js';

const empty = () => archive('acme/archive', mkdtempSync(join(tmpdir(), 'acme-runs-')));
for (const { name, run } of storageContract(empty)) test(name, run);
