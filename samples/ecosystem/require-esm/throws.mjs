function fail() {
  throw new TypeError("while loading");
}
fail();
export {};
