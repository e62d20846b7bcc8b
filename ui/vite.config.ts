import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: '127.0.0.1' },
  // What WebKitGTK of Debian 12 and later understands.
  // One style sheet: what is read later has its style already.
  build: { target: 'safari16.4', sourcemap: false, cssCodeSplit: false },
  test: {
    environment: 'jsdom',
    // A browser and all components made anew for each file take most of the time; files clean up after themselves.
    isolate: false,
    include: ['src/**/*.test.ts'],
    // Other tests run beside these.
    testTimeout: 20_000,
    setupFiles: ['src/test-setup.ts'],
  },
});
