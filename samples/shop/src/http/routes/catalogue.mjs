import { Router } from 'express';
import { listQuery, productParams, searchQuery, thumbnailQuery } from '../schemas.mjs';
import { validate } from '../middleware/validate.mjs';

export function catalogueRoutes({ catalogue, search, thumbnails }) {
  const routes = Router();

  routes.get('/categories', (_req, res) => {
    res.json({ items: catalogue.categories });
  });

  routes.get('/products', validate({ query: listQuery }), async (req, res) => {
    res.json(await catalogue.list(req.valid.query));
  });

  routes.get('/products/:productId', validate({ params: productParams }), async (req, res) => {
    res.json(await catalogue.detail(req.valid.params.productId, req.customer));
  });

  routes.get(
    '/products/:productId/thumbnail',
    validate({ params: productParams, query: thumbnailQuery }),
    async (req, res) => {
      const product = await catalogue.find(req.valid.params.productId);
      sendGreymap(res, await thumbnails.of(product, req.valid.query.size));
    },
  );

  routes.get('/search', validate({ query: searchQuery }), async (req, res) => {
    const { q, limit } = req.valid.query;
    res.json(await search.search(q, limit));
  });

  return routes;
}

/** Portable grey map: three numbers of header, then one byte for each pixel. */
function sendGreymap(res, { width, height, pixels, checksum }) {
  res.set('etag', `"${checksum}"`).type('image/x-portable-graymap');
  res.send(Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), pixels]));
}
