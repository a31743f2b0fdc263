globalThis.preloaded = [...(globalThis.preloaded ?? []), 'required'];
