import { defineConfig } from 'vite';

/** The page may load only its own files; it may talk to its own origin and, on AWS, to the APIs over TLS. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' https: wss: http://127.0.0.1:* ws://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: ['chrome125', 'firefox125', 'safari17.5'], modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: {
    // `npm run dev` beside a running `./microcos up`: the page from here, everything else from there.
    proxy: {
      '/v1': 'http://127.0.0.1:8787',
      '/config.json': 'http://127.0.0.1:8787',
    },
  },
  plugins: [
    {
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  ],
});
