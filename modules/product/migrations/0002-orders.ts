/** Lists of products are asked for by status through the tally; newest first, or by title, they come from here. */
export const orderProducts = `
  drop index product_status;
  create index product_created_at_id on product (created_at, id) where deleted_at is null;
  create index product_title_id on product (title, id) where deleted_at is null;`
