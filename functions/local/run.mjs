// Plain JavaScript, so that a Node too old for the rest can still say what to do.
const OLDEST_NODE = [22, 18]; // the first release that runs TypeScript by itself and has node:sqlite unflagged
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(
    `This needs Node ${OLDEST_NODE.join('.')} or newer, and found ${process.versions.node}.\n` +
      'On Linux (x64, arm64) `npm ci` brings a fitting Node along: run it, and start through npm (`npm start`).\n' +
      'Elsewhere install Node 24 from https://nodejs.org and try again.',
  );
  process.exit(2);
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await import('../adapters/embedded/duckdb-allocator.ts'); // before DuckDB
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
