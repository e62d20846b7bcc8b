mod merge_laws;
