"""The English recogniser that is shipped: a small transformer, its weights and how it is read."""
