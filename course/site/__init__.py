"""The course as a static site: to be read in a browser, without Jupyter, script or network."""
