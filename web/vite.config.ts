import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { fixtures } from './fixtures/plugin.ts';

// Where `npm run dev` asks for figures: a running `ripen serve`, else the recorded answers.
const program = process.env.RIPEN_URL;

export default defineConfig({
  plugins: [svelte(), ...(program === undefined ? [fixtures()] : [])],
  // Every page is one level deep, so that relative addresses work below any prefix.
  base: './',
  build: {
    target: 'es2022',
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  ...(program === undefined ? {} : { server: { proxy: { '/api': { target: program, changeOrigin: true } } } }),
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
