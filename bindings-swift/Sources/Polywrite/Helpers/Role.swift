/// Makes role strings: who a permission is for.
public enum Role {}
