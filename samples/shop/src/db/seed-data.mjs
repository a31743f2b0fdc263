// The words the seeded catalogue is made of. One product per noun, so every slug is unique.

export const CATEGORIES = [
  {
    slug: 'kitchen',
    name: 'Kitchen',
    nouns: 'kettle teapot skillet ladle whisk colander grater mortar trivet tray carafe peeler',
  },
  {
    slug: 'lighting',
    name: 'Lighting',
    nouns:
      'lantern candle chandelier sconce lampshade torch bulb spotlight nightlight beacon dimmer candelabra',
  },
  {
    slug: 'office',
    name: 'Office',
    nouns: 'notebook stapler inkwell folder ruler binder easel globe abacus blotter clipboard bookend',
  },
  {
    slug: 'bath',
    name: 'Bath',
    nouns: 'towel soap sponge basin loofah bathmat shower mirror razor comb pumice robe',
  },
  {
    slug: 'textiles',
    name: 'Textiles',
    nouns: 'blanket cushion curtain quilt rug tapestry pillow hammock tablecloth apron napkin throw',
  },
  {
    slug: 'travel',
    name: 'Travel',
    nouns: 'suitcase backpack wallet satchel compass flask map umbrella binoculars trunk pouch raincoat',
  },
  {
    slug: 'toys',
    name: 'Toys',
    nouns: 'puzzle kite marble yoyo puppet dominoes drum rocket train carousel boomerang spinner',
  },
  {
    slug: 'audio',
    name: 'Audio',
    nouns:
      'speaker radio turntable headphones metronome microphone amplifier gramophone tuner woofer mixer recorder',
  },
  {
    slug: 'tools',
    name: 'Tools',
    nouns: 'hammer wrench chisel pliers sander mallet spanner vise clamp drill level plane',
  },
  {
    slug: 'garden',
    name: 'Garden',
    nouns: 'trowel rake planter birdhouse sprinkler shears wheelbarrow trellis hoe gnome sundial fountain',
  },
];

export const MATERIALS = [
  'Copper',
  'Oak',
  'Linen',
  'Steel',
  'Glass',
  'Bamboo',
  'Brass',
  'Felt',
  'Marbled',
  'Walnut',
];

export const QUALITIES = [
  'hand made',
  'light',
  'sturdy',
  'folding',
  'refillable',
  'repairable',
  'quiet',
  'stackable',
];

export const GIVEN_NAMES = ['Ada', 'Bo', 'Chidi', 'Dana', 'Emre', 'Freya', 'Goran', 'Hana', 'Ines', 'Jun'];

export const FAMILY_NAMES = ['Abara', 'Berg', 'Castro', 'Duarte', 'Engel', 'Fofana'];

export const COUNTRIES = ['DE', 'FR', 'NL', 'US', 'GB'];

/** CAMPAIGN-TIER-PERCENT; see services/pricing/coupons.mjs. */
export const COUPON_CODES = ['WELCOME-ALL-10', 'SPRING-SILVER-15', 'SPRING-GOLD-20', 'SPRING-VIP-25'];

/** Announced, photographed, and sold out on the first day. */
export const SOLD_OUT_PRODUCT = { sku: 'LTD-0001', name: 'Signed Art Print' };
