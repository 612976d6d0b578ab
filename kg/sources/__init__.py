"""Read: feeds and lists that others publish, each as a stream of records that know where they stand."""
