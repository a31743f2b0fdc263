import { defineConfig } from 'intellimap';

export default defineConfig({
  extend: ['acme-intellimap'],
});
