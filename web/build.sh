#!/bin/sh
# Builds the page into dist/, and checks it before unless the first argument is "launcher".
# Does nothing where nothing changed since the last time.
set -eu
cd "$(dirname "$0")"
mode="${1:-full}"

major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
if [ "$major" -lt 20 ] || ! command -v npm >/dev/null; then
  echo "The page is left out: it needs Node.js 20 or newer (https://nodejs.org, or: apt-get install nodejs npm)."
  exit 0
fi

# newer STAMP PATH...: true if the stamp is missing or anything under the paths is newer.
newer() {
  stamp=$1; shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print | head -n 1)" ]
}

if newer node_modules/.installed package.json package-lock.json .npmrc; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.installed
fi

sources="src public index.html package-lock.json tsconfig.json vite.config.ts"
if [ "$mode" != launcher ] && newer node_modules/.checked $sources vitest.config.ts test/unit; then
  npm run --silent check
  touch node_modules/.checked
fi
if newer dist/index.html $sources; then
  rm -rf target/classes/dev/microcos/web
  npm run --silent build -- --logLevel warn
  echo "The page is built: $(gzip -c dist/assets/index-*.js | wc -c) bytes of script to open it, gzipped," \
    "$(gzip -c dist/assets/screens-*.js | wc -c) more for its other screens."
fi
