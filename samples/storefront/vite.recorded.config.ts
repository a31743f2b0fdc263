// The same, recorded: vite.config.ts needs no more than this plugin. `npm install --save-dev intellimap` first.
import intellimap from 'intellimap/vite';
import { mergeConfig } from 'vite';
import plain from './vite.config.ts';

export default mergeConfig(plain, { plugins: [intellimap({ build: true })] });
