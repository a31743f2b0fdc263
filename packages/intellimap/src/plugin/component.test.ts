import { expect, test } from 'vitest';
import { scriptsOf } from './component.ts';

const component = `<!-- <script>no</script> -->
<script lang="ts">
export const a = 1
</script>
<script setup lang="ts" generic="T extends Map<string, number>">
const b: T = "<!-- still a script -->"
</script>
<template><p title="<script>">{{ b }}</p></template>
<style>p::after { content: '<script>' }</style>
`;

test('each character of a script stands where it stands in the component', () => {
  const scripts = scriptsOf(component)!;
  expect(scripts.lang).toBe('ts');
  expect(scripts.text).toHaveLength(component.length);
  expect(scripts.text.split('\n').map((line) => line.trimEnd())).toEqual([
    ';',
    '',
    'export const a = 1',
    ';',
    ';',
    'const b: T = "<!-- still a script -->"',
    ';',
    ';',
    '',
    '',
  ]);
});

test('a component without scripts has none', () => {
  expect(scriptsOf('<template>hello</template>')).toBeUndefined();
});
