module.exports = { testEnvironment: "node", testMatch: ["**/testing/*.jest.cjs"], rootDir: ".." };
