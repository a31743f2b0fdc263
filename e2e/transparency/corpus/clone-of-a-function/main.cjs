try {
  structuredClone(() => 1 + 1);
} catch (e) {
  console.log(e.name, e.message);
}
