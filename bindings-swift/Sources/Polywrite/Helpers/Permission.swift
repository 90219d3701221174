/// Makes permission strings: who may do what.
public enum Permission {}
