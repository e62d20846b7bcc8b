mod descriptions;
mod merge_laws;
