/** What names tell of feature flags: of variables of the environment, and of the objects that settings lie in; and what stands for values that are not there. */

const VARIABLE = /(?:^|_)(?:FLAGS?|FEATURES?|FF|EXPERIMENTS?|TOGGLES?)(?:_|$)/i;
const SECRET = /PASS|SECRET|TOKEN|KEY|CRED|AUTH|COOKIE|SESSION/i;
/** Of its last word, in the plural: one `feature` is a thing with properties of its own. */
const OBJECT = /(?:^|[a-z_])(?:Features|Flags|Toggles|Experiments|FEATURES|FLAGS|TOGGLES|EXPERIMENTS)$|^(?:\w+_)?(?:features|flags|toggles|experiments)$/; // prettier-ignore

/** As the preview of a value that is none: of a variable that is not set, of a property that is not there. */
export const UNSET = '{"$":"undefined"}';
/** In place of a value that is not written down. */
export const NOT_TOLD = '(not told)';

/** A variable that is a flag by its name: `FEATURE_X`, `SHOP_FLAG_Y`. */
export const isFlagVariable = (name: string): boolean => VARIABLE.test(name);
/** A variable whose value is never told. */
export const isSecretVariable = (name: string): boolean => SECRET.test(name);
/** An object whose properties are flags: `features` of `config.features.x`. */
export const isFlagObject = (name: string): boolean => OBJECT.test(name);
