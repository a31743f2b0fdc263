globalThis.preloaded = [...(globalThis.preloaded ?? []), 'imported'];
