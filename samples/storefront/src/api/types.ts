// What the shop answers with. Amounts are whole cents.

export interface Product {
  id: number;
  name: string;
  description: string;
  priceCents: number;
  weightGrams: number;
}

export interface ProductDetail extends Product {
  available: number;
  related: { id: number; name: string }[];
}

export interface ProductList {
  items: Product[];
  page: number;
  pages: number;
  total: number;
}

export interface Category {
  slug: string;
  name: string;
  products: number;
}

export interface SearchResult {
  understoodAs: string;
  items: Product[];
}

export interface Customer {
  id: number;
  name: string;
  country: string;
}

export interface CartLine {
  productId: number;
  name: string;
  unitCents: number;
  quantity: number;
}

export interface Cart {
  id: string;
  couponCode: string | null;
  lines: CartLine[];
  price: { subtotalCents: number; discountCents: number; taxCents: number; totalCents: number };
}

export interface ShippingQuote {
  carrier: string;
  cents: number;
}

export interface Order {
  id: number;
  carrier: string;
  price: { totalCents: number };
}
