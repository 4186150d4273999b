// A room nobody drew.
