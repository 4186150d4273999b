import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// Chrome 109 is the last that runs on Windows 7. No data: URL and no inline script: the strict
// content security policy of the server holds.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'chrome109',
    cssTarget: 'chrome109',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
});
