// The program itself: a failure ends it, and says why.
async function main() {
  const answer = await fetch('https://example.org');
  console.log(answer.status);
}

main();
