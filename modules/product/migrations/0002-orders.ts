/** Indexes for lists of products, newest first or by title. Lists by status use the tally. */
export const orderProducts = `
  drop index product_status;
  create index product_created_at_id on product (created_at, id) where deleted_at is null;
  create index product_title_id on product (title, id) where deleted_at is null;`
