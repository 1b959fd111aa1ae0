"""The month's and the semester's workbooks: what is posted (公示), what it rests on, and the stocktake's report."""
