"""Tests of the pages without a browser: headers, macros, forms and answers."""
