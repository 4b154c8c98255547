/** The names of the checks are the texts of their errors. */
export const exactStock = `
  alter table inventory_level add column backorder_quantity numeric not null default 0;
  alter table inventory_level
    add constraint "the stock cannot be less than nothing" check (stocked_quantity >= 0),
    add constraint "the reserved quantity cannot be less than nothing" check (reserved_quantity >= 0),
    add constraint "the incoming quantity cannot be less than nothing" check (incoming_quantity >= 0),
    add constraint "backorders are a part of what is reserved" check (backorder_quantity between 0 and reserved_quantity),
    add constraint "more cannot be reserved than is stocked" check (reserved_quantity - backorder_quantity <= stocked_quantity);
  alter table reservation_item
    add constraint "the quantity must be more than nothing" check (quantity > 0);`
